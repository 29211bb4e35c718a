import { statfs } from 'node:fs/promises';

export interface Disk {
  /** Whether a commit of so many bytes can have failed for want of space. */
  isFull(bytes: number): Promise<boolean>;
}

/** Pages that a commit writes beside the events themselves: indexes, free list, and the copies of the pages above them. */
const slack = 4 * 1024 * 1024;

/**
 * LMDB reports a short write, which is how a full disk shows, as EIO like any other failure of the device. A full disk is the
 * operator's to mend and harms nothing, since the pages of a commit that failed are not reached from anywhere; after another
 * failure of a flush nobody knows what the disk holds.
 */
export const diskOf = (dir: string): Disk => ({
  isFull: async (bytes) => {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize < 2 * bytes + slack;
  },
});
