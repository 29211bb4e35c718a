export type { RegisteredComplaint, RegisteredResult } from './complaint-register.document.js';
export { foldRegister } from './complaint-register.fold.js';
export { ComplaintRegisterModule } from './complaint-register.module.js';
export { complaintRegister } from './complaint-register.projection.js';
export {
  ComplaintRegisterQueries,
  REGISTER_ORDERS,
  type RegisterOrder,
  type RegisterSearch,
} from './complaint-register.queries.js';
