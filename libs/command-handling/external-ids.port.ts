/** Which complaint stands for a case of another system; shared by all instances and kept across restarts. */
export interface ExternalIds {
  find(externalId: string): Promise<string | undefined>;
  /** Reserves the complaint id for the case, or returns the one reserved first. Durable when it returns. */
  reserve(externalId: string, complaintId: string): Promise<string>;
}
