import { MongoError } from '../errors.js';

export class InvalidBsonError extends MongoError {
  constructor(message: string) {
    super(22, 'InvalidBSON', message);
  }
}
