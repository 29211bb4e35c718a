import { ApiSchema } from '@nestjs/swagger';

/** For commands without a body: nothing, or an empty object. Anything in it is an unknown field. */
@ApiSchema({ description: 'No fields' })
export class NoBody {}
