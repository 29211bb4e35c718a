import type { DataKey } from './data-key.js';

/** Keys per customer, kept apart from events and read models. Erasing a person means destroying the key. */
export interface KeyStore {
  /** The customer's key; undefined when there is none, or no longer, and `create` is false. */
  keyFor(customerRef: string, options: { readonly create: true }): Promise<DataKey>;
  keyFor(customerRef: string, options: { readonly create: boolean }): Promise<DataKey | undefined>;
  /** Keys by the ids that stand in sealed texts, for readers; those that were destroyed are left out. */
  keysById(keyIds: Iterable<string>): Promise<ReadonlyMap<string, DataKey>>;
  /**
   * Destroys the key for good: what it sealed can never be opened again. Here at once, in other processes within
   * the time that they keep keys. True when there was one.
   */
  destroy(customerRef: string): Promise<boolean>;
}
