/** The key that seals what is personal about one customer. */
export interface DataKey {
  /** Random, never derived from the person: it stands in every sealed text and must not lead back to anyone. */
  readonly keyId: string;
  /** 32 bytes, for AES-256. */
  readonly secret: Uint8Array;
}
