import type { Document } from 'mongodb';

/** What most aggregations of the suite are about. */
export const teams: Document[] = [
  { _id: 1, team: 'a', n: 5, tags: ['x', 'y'], at: { city: 'Ankara' } },
  { _id: 2, team: 'b', n: 3, tags: [], at: { city: 'Izmir' } },
  { _id: 3, team: 'a', n: 1, tags: ['y'] },
  { _id: 4, team: null, n: 9 },
];
