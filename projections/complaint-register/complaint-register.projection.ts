import type { Projection } from '#libs/projection-engine/projection.js';
import { complaintRegisterIndexes, type RegisteredComplaint } from './complaint-register.document.js';
import { foldRegister } from './complaint-register.fold.js';

export const complaintRegister: Projection<RegisteredComplaint> = {
  name: 'complaint-register',
  version: 4,
  indexes: complaintRegisterIndexes,
  fold: foldRegister,
};
