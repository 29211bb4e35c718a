/* global db, print, Long, Decimal128, EJSON */
// What people do in the shell, and what the shell asks of a server by itself.
const shell = db.getSiblingDB('shell');
const equal = (name, found, expected) => {
  if (EJSON.stringify(found, { relaxed: false }) !== EJSON.stringify(expected, { relaxed: false }))
    throw new Error(`${name}: ${EJSON.stringify(found)}`);
};
const refused = (name, code, work) => {
  try {
    work();
  } catch (error) {
    if (code === undefined || error.code === code) return;
    throw new Error(`${name}: code ${error.code}`, { cause: error });
  }
  throw new Error(`${name}: was accepted`);
};

equal('hello', shell.hello().isWritablePrimary, true);
shell.serverBuildInfo();
shell.serverStatus();
shell.hostInfo();
shell.rows.insertMany([
  { _id: 1, n: 1, tags: ['a', 'b'] },
  { _id: 2, n: 2, big: Long.fromString('9007199254740993'), price: Decimal128('1.10') },
]);
equal('exact values', shell.rows.findOne({ _id: 2 }).big.toString(), '9007199254740993');
equal('decimals', shell.rows.findOne({ _id: 2 }).price.toString(), '1.10');
equal('collections', shell.getCollectionNames(), ['rows']);
shell.rows.createIndex({ n: 1 });
const { executionStats } = shell.rows.find({ n: 2 }).explain('executionStats');
equal('index', executionStats.executionStages.inputStage.stage, 'IXSCAN');
equal('keys', executionStats.totalKeysExamined, 1);
equal('stats', shell.rows.stats().count, 2);
equal('count', shell.stats().objects, 2);
equal(
  'groups',
  shell.rows
    .aggregate([{ $unwind: '$tags' }, { $group: { _id: '$tags' } }, { $sort: { _id: 1 } }])
    .toArray()
    .map(({ _id }) => _id),
  ['a', 'b'],
);
equal(
  'modified',
  shell.rows.findOneAndUpdate({ _id: 1 }, { $inc: { n: 5 } }, { returnDocument: 'after' }).n,
  6,
);
refused('a duplicate', 11000, () => shell.rows.insertOne({ _id: 1 }));
refused('a missing index', 27, () => shell.rows.dropIndex('none'));
refused('a transaction', undefined, () => {
  const session = db.getMongo().startSession();
  session.startTransaction();
  session.getDatabase('shell').rows.insertOne({ _id: 999 });
  session.commitTransaction();
});
equal('nothing of the transaction', shell.rows.countDocuments({ _id: 999 }), 0);
shell.rows.renameCollection('renamed');
equal('renamed', shell.renamed.countDocuments({}), 2);
equal('dropped', shell.dropDatabase().ok, 1);
print('ok');
