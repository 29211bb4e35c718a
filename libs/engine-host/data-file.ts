import { open } from 'node:fs/promises';

/** LMDB's own account of its file, read without mapping it: touching a page beyond the end of a mapped file kills the process. */
export interface DataFile {
  readonly size: number;
  /** Bytes that the newest commit needs. */
  readonly needed: number;
}

/** Offsets within the first two pages, of lmdb 3.5 (`MDB_meta` behind a page header of 24 bytes). */
const meta = { magic: 24, pageSize: 48, lastPage: 144, transaction: 152, end: 160 } as const;
const magic = 0xbeefc0de;

/** @returns undefined where nothing was stored yet, and `needed: Infinity` for a file that is none of LMDB's */
export async function inspectDataFile(path: string): Promise<DataFile | undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    if (size === 0) return undefined;
    const first = await readMeta(file, 0);
    const pageSize = first?.pageSize ?? 4096;
    const newest = [first, await readMeta(file, pageSize)]
      .filter((page) => page !== undefined)
      .sort((a, b) => b.transaction - a.transaction)[0];
    return { size, needed: newest ? (newest.lastPage + 1) * newest.pageSize : Infinity };
  } finally {
    await file.close();
  }
}

async function readMeta(file: Awaited<ReturnType<typeof open>>, offset: number) {
  const page = Buffer.alloc(meta.end);
  const { bytesRead } = await file.read(page, 0, meta.end, offset);
  if (bytesRead < meta.end || page.readUInt32LE(meta.magic) !== magic) return undefined;
  return {
    pageSize: page.readUInt32LE(meta.pageSize),
    lastPage: Number(page.readBigUInt64LE(meta.lastPage)),
    transaction: Number(page.readBigUInt64LE(meta.transaction)),
  };
}
