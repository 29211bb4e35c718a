/** FNV-1a over UTF-16 units; which partition a complaint is in must never change for a build. */
export function partitionOf(complaintId: string, partitions: number): number {
  if (partitions === 1) return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < complaintId.length; index++) {
    hash = Math.imul(hash ^ complaintId.charCodeAt(index), 0x01000193);
  }
  // FNV's low bits are its weakest; mix before taking the remainder.
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x85ebca6b) >>> 0) % partitions;
}
