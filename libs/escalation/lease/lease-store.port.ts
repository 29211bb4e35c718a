export interface Holder {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
}

/** Who may act. `epoch` rises with each change of hands, `beat` while the holder lives. */
export interface LeaseRecord {
  readonly _id: string;
  readonly holder: Holder | null;
  readonly epoch: number;
  readonly beat: number;
}

/** Each change is a compare-and-set of one document. */
export interface LeaseStore {
  /** Creates it, held by nobody, when it is not there. */
  read(): Promise<LeaseRecord>;
  /** Takes over exactly what was seen; undefined when anything of it has changed since. */
  claim(seen: LeaseRecord, holder: Holder): Promise<LeaseRecord | undefined>;
  /** False when the lease has gone to another epoch. */
  beat(epoch: number): Promise<boolean>;
  release(epoch: number): Promise<void>;
}
