import { v5 as uuidV5 } from 'uuid';

const ESCALATIONS = '6c2f7a0e-94d3-5b71-8e1d-2f0b6a7c9d34';

/**
 * One id per complaint, cycle and level: whoever finds the level due, and however often, gives the same command, and
 * the same command is carried out once.
 */
export function escalationCommandId(complaintId: string, cycle: number, level: number): string {
  return uuidV5(`${complaintId}\u0000${cycle}\u0000${level}`, ESCALATIONS);
}
