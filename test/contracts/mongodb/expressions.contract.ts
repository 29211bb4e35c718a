import { Decimal128, Double, Long, ObjectId, type Document } from 'mongodb';
import { codeOf, type MongodbUnderTest } from './harness.js';

const at = new Date('2026-03-29T00:30:15.250Z');
const doc: Document = {
  _id: 1,
  n: 7,
  m: 2,
  half: 2.5,
  neg: -7,
  s: 'Çağrı merkezi',
  t: 'Hello World',
  l: [3, 1, 2],
  e: [],
  o: { a: 1, b: 'x' },
  at,
  id: new ObjectId('65f000000000000000000000'),
  big: Long.fromString('9007199254740993'),
  dec: Decimal128.fromString('1.10'),
  docs: [
    { k: 'a', v: 1 },
    { k: 'b', v: 2 },
  ],
  none: null,
  yes: true,
};

/** undefined: the field is missing. */
const cases: [name: string, expression: unknown, value: unknown][] = [
  ['$add', { $add: ['$n', '$m', 0.5] }, 9.5],
  ['$add to a date', { $add: ['$at', 1000] }, new Date(at.getTime() + 1000)],
  ['$add with null', { $add: ['$n', null] }, null],
  ['$subtract of dates', { $subtract: [{ $add: ['$at', 5] }, '$at'] }, 5],
  ['$multiply keeps exact decimals', { $toString: { $multiply: ['$dec', '$dec'] } }, '1.2100'],
  ['$divide', { $divide: ['$n', '$m'] }, 3.5],
  ['$mod of a negative', { $mod: ['$neg', 4] }, -3],
  ['$abs, $ceil, $floor', [{ $abs: '$neg' }, { $ceil: '$half' }, { $floor: '$half' }], [7, 3, 2]],
  [
    '$round to even, and to places',
    [{ $round: ['$half'] }, { $round: [3.5] }, { $round: [2.345, 2] }, { $round: [1250, -2] }],
    [2, 4, 2.34, 1200],
  ],
  ['$trunc', [{ $trunc: [-2.7] }, { $trunc: [2.789, 1] }], [-2, 2.7]],
  ['$pow, $sqrt, $exp, $ln', [{ $pow: [2, 10] }, { $sqrt: 16 }, { $exp: 0 }, { $ln: 1 }], [1024, 4, 1, 0]],
  ['$log and $log10', [{ $log: [8, 2] }, { $log10: 1000 }], [3, 3]],
  [
    'comparisons over types',
    [{ $gt: ['a', 5] }, { $lt: [null, 5] }, { $eq: [1, new Double(1)] }, { $cmp: [1, 2] }],
    [true, true, true, -1],
  ],
  ['$and, $or, $not', [{ $and: ['$n', true] }, { $or: [0, null] }, { $not: [0] }], [true, false, true]],
  ['$cond in both forms', [{ $cond: ['$yes', 1, 2] }, { $cond: { if: '$none', then: 1, else: 2 } }], [1, 2]],
  ['$ifNull', { $ifNull: ['$nothing', '$none', 'default'] }, 'default'],
  [
    '$switch',
    {
      $switch: {
        branches: [
          { case: { $lt: ['$n', 5] }, then: 'low' },
          { case: { $lt: ['$n', 10] }, then: 'mid' },
        ],
        default: 'high',
      },
    },
    'mid',
  ],
  ['$let', { $let: { vars: { a: '$n', b: { $add: ['$m', 1] } }, in: { $multiply: ['$$a', '$$b'] } } }, 21],
  ['$literal', { $literal: '$n' }, '$n'],
  ['a missing field', '$nothing', undefined],
  ['a path through an array', '$docs.v', [1, 2]],
  ['$concat', { $concat: ['$t', '!', ''] }, 'Hello World!'],
  ['$concat with null', { $concat: ['$t', '$none'] }, null],
  ['$toUpper changes ASCII letters alone', { $toUpper: '$s' }, 'ÇAğRı MERKEZI'],
  ['lengths in characters and in bytes', [{ $strLenCP: '$s' }, { $strLenBytes: '$s' }], [13, 16]],
  ['$substrCP', { $substrCP: ['$s', 1, 3] }, 'ağr'],
  ['$substrBytes', { $substrBytes: ['$t', 6, -1] }, 'World'],
  ['$indexOfCP', [{ $indexOfCP: ['$s', 'rı'] }, { $indexOfCP: ['$s', 'zzz'] }], [3, -1]],
  [
    '$split and $trim',
    [{ $split: ['a,b,,c', ','] }, { $trim: { input: '  x ' } }, { $ltrim: { input: 'xxa', chars: 'x' } }],
    [['a', 'b', '', 'c'], 'x', 'a'],
  ],
  [
    '$replaceOne and $replaceAll',
    [
      { $replaceOne: { input: 'aba', find: 'a', replacement: { $literal: '$' } } },
      { $replaceAll: { input: 'aba', find: 'a', replacement: 'x' } },
    ],
    ['$ba', 'xbx'],
  ],
  [
    '$regexMatch and $regexFind',
    [{ $regexMatch: { input: '$t', regex: /w/i } }, { $regexFind: { input: '$t', regex: /(W)(o)/ } }],
    [true, { match: 'Wo', idx: 6, captures: ['W', 'o'] }],
  ],
  [
    '$regexFindAll',
    { $regexFindAll: { input: 'a1b22', regex: '[0-9]+' } },
    [
      { match: '1', idx: 1, captures: [] },
      { match: '22', idx: 3, captures: [] },
    ],
  ],
  [
    '$regexFind and $regexFindAll at the end of a text that ends with a newline',
    [
      { $regexFind: { input: 'ab\n', regex: 'b$' } },
      { $regexFindAll: { input: 'ab b\n', regex: 'b|b$' } },
      { $regexMatch: { input: 'ab\n\n', regex: 'b$' } },
    ],
    [
      { match: 'b', idx: 1, captures: [] },
      [
        { match: 'b', idx: 1, captures: [] },
        { match: 'b', idx: 3, captures: [] },
      ],
      false,
    ],
  ],
  ['$rand', { $and: [{ $gte: [{ $rand: {} }, 0] }, { $lt: [{ $rand: {} }, 1] }] }, true],
  ['$strcasecmp', { $strcasecmp: ['abc', 'ABD'] }, -1],
  [
    '$arrayElemAt, $first, $last',
    [{ $arrayElemAt: ['$l', -1] }, { $first: '$l' }, { $last: '$l' }],
    [2, 3, 2],
  ],
  ['$arrayElemAt beyond the end', { $arrayElemAt: ['$l', 9] }, undefined],
  [
    '$size, $in, $indexOfArray',
    [{ $size: '$l' }, { $in: [2, '$l'] }, { $indexOfArray: ['$l', 1] }],
    [3, true, 1],
  ],
  [
    '$map, $filter, $reduce',
    [
      { $map: { input: '$l', as: 'x', in: { $add: ['$$x', 1] } } },
      { $filter: { input: '$l', cond: { $gt: ['$$this', 1] } } },
      { $reduce: { input: '$l', initialValue: 0, in: { $add: ['$$value', '$$this'] } } },
    ],
    [[4, 2, 3], [3, 2], 6],
  ],
  [
    '$slice and $concatArrays',
    [{ $slice: ['$l', -2] }, { $slice: ['$l', 1, 1] }, { $concatArrays: ['$l', [9]] }],
    [[1, 2], [1], [3, 1, 2, 9]],
  ],
  [
    '$range',
    [{ $range: [0, 5, 2] }, { $range: [3, 0, -1] }],
    [
      [0, 2, 4],
      [3, 2, 1],
    ],
  ],
  [
    '$sortArray',
    [{ $sortArray: { input: '$l', sortBy: 1 } }, { $sortArray: { input: '$docs', sortBy: { v: -1 } } }],
    [
      [1, 2, 3],
      [
        { k: 'b', v: 2 },
        { k: 'a', v: 1 },
      ],
    ],
  ],
  [
    '$reverseArray and $zip',
    [{ $reverseArray: '$l' }, { $zip: { inputs: [['a'], ['b', 'c']], useLongestLength: true } }],
    [
      [2, 1, 3],
      [
        ['a', 'b'],
        [null, 'c'],
      ],
    ],
  ],
  [
    '$setUnion and kin',
    [
      {
        $setUnion: [
          [1, 2],
          [2, 3],
        ],
      },
      { $setIntersection: [[1, 2], [2]] },
      { $setDifference: [[1, 2], [2]] },
      { $setIsSubset: [[1], [1, 2]] },
      { $setEquals: [[1, 1], [1]] },
    ],
    [[1, 2, 3], [2], [1], true, true],
  ],
  [
    '$sum, $avg, $min, $max of an array',
    [{ $sum: '$l' }, { $avg: '$l' }, { $min: '$l' }, { $max: ['$n', 9] }],
    [6, 2, 1, 9],
  ],
  ['$mergeObjects', { $mergeObjects: ['$o', { b: 'y', c: 1 }] }, { a: 1, b: 'y', c: 1 }],
  [
    '$objectToArray and $arrayToObject',
    [
      { $objectToArray: '$o' },
      {
        $arrayToObject: {
          $literal: [
            ['x', 1],
            ['y', 2],
          ],
        },
      },
    ],
    [
      [
        { k: 'a', v: 1 },
        { k: 'b', v: 'x' },
      ],
      { x: 1, y: 2 },
    ],
  ],
  [
    '$getField and $setField',
    [{ $getField: { field: 'a', input: '$o' } }, { $setField: { field: 'a', input: '$o', value: 5 } }],
    [1, { a: 5, b: 'x' }],
  ],
  [
    '$type',
    [{ $type: '$n' }, { $type: '$half' }, { $type: '$big' }, { $type: '$nothing' }, { $type: '$at' }],
    ['int', 'double', 'long', 'missing', 'date'],
  ],
  [
    '$toString',
    [{ $toString: '$big' }, { $toString: '$at' }, { $toString: '$dec' }, { $toString: '$yes' }],
    ['9007199254740993', '2026-03-29T00:30:15.250Z', '1.10', 'true'],
  ],
  [
    '$toInt, $toDouble, $toBool',
    [{ $toInt: '42' }, { $toInt: 3.9 }, { $toDouble: '2.5' }, { $toBool: 0 }],
    [42, 3, 2.5, false],
  ],
  [
    '$toDate',
    [{ $toDate: '2026-01-01T00:00:00Z' }, { $toDate: '$id' }],
    [new Date('2026-01-01T00:00:00Z'), new Date(0x65f00000 * 1000)],
  ],
  ['$convert with a way out', { $convert: { input: 'x', to: 'int', onError: 'no', onNull: 'null' } }, 'no'],
  [
    'parts of a date',
    [
      { $year: '$at' },
      { $month: '$at' },
      { $dayOfMonth: '$at' },
      { $dayOfWeek: '$at' },
      { $dayOfYear: '$at' },
      { $isoWeek: '$at' },
      { $hour: '$at' },
      { $millisecond: '$at' },
    ],
    [2026, 3, 29, 1, 88, 13, 0, 250],
  ],
  [
    'parts of a date in a zone',
    [{ $hour: { date: '$at', timezone: 'Europe/Istanbul' } }, { $hour: { date: '$at', timezone: '-03:00' } }],
    [3, 21],
  ],
  [
    '$dateToString',
    [
      { $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M:%S.%L %z', timezone: 'Europe/Istanbul' } },
      { $dateToString: { date: '$at' } },
      { $dateToString: { date: '$none', onNull: '-' } },
    ],
    ['2026-03-29 03:30:15.250 +0300', '2026-03-29T00:30:15.250Z', '-'],
  ],
  [
    '$dateFromString',
    [
      { $dateFromString: { dateString: '2026-03-29T03:30:00', timezone: 'Europe/Istanbul' } },
      { $dateFromString: { dateString: '29/03/2026', format: '%d/%m/%Y' } },
    ],
    [new Date('2026-03-29T00:30:00Z'), new Date('2026-03-29T00:00:00Z')],
  ],
  [
    '$dateFromParts',
    { $dateFromParts: { year: 2026, month: 14, day: 1, hour: 12, timezone: 'Europe/Istanbul' } },
    new Date('2027-02-01T09:00:00Z'),
  ],
  [
    '$dateToParts',
    { $dateToParts: { date: '$at' } },
    { year: 2026, month: 3, day: 29, hour: 0, minute: 30, second: 15, millisecond: 250 },
  ],
  [
    '$dateTrunc',
    [
      { $dateTrunc: { date: '$at', unit: 'hour' } },
      { $dateTrunc: { date: '$at', unit: 'month', timezone: 'Europe/Istanbul' } },
      { $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } },
    ],
    [new Date('2026-03-29T00:00:00Z'), new Date('2026-02-28T21:00:00Z'), new Date('2026-03-23T00:00:00Z')],
  ],
  [
    '$dateAdd keeps the wall clock',
    [
      {
        $dateAdd: {
          startDate: new Date('2026-03-28T12:00:00Z'),
          unit: 'day',
          amount: 1,
          timezone: 'Europe/Berlin',
        },
      },
      { $dateAdd: { startDate: new Date('2026-01-31T00:00:00Z'), unit: 'month', amount: 1 } },
    ],
    [new Date('2026-03-29T11:00:00Z'), new Date('2026-02-28T00:00:00Z')],
  ],
  [
    '$dateDiff counts boundaries',
    [
      {
        $dateDiff: {
          startDate: new Date('2025-12-31T23:59:59Z'),
          endDate: new Date('2026-01-01T00:00:00Z'),
          unit: 'year',
        },
      },
      { $dateDiff: { startDate: '$at', endDate: { $add: ['$at', 7_200_000] }, unit: 'minute' } },
    ],
    [1, 120],
  ],
];

const refused: [name: string, expression: unknown, code: number][] = [
  ['$add of a text', { $add: [1, 'x'] }, 14],
  ['$divide by zero', { $divide: [1, 0] }, 2],
  ['$size of no array', { $size: '$n' }, 17124],
  ['$concat of a number', { $concat: ['a', 1] }, 16702],
  ['$zip with defaults for what is cut off', { $zip: { inputs: [['a'], [1, 2]], defaults: [0, 0] } }, 34467],
  ['$toInt of a text that is no number', { $toInt: 'x' }, 241],
  ['$arrayElemAt of no array', { $arrayElemAt: ['$n', 0] }, 28689],
  ['$substrCP with too few arguments', { $substrCP: ['a', 1] }, 16020],
  ['an operator and a field side by side', { $add: [1, 2], a: 1 }, 15983],
  ['$switch without a matching branch', { $switch: { branches: [{ case: false, then: 1 }] } }, 40066],
  ['an unknown zone', { $hour: { date: '$at', timezone: 'Mars/Olympus' } }, 40485],
];

export function expressionContract({ fresh }: MongodbUnderTest): void {
  describe('expressions', () => {
    it.each(cases)('%s', async (_, value, expected) => {
      const c = await fresh([doc]);
      const [found] = await c.aggregate([{ $project: { _id: 0, value } }]).toArray();
      expect(found).toEqual(expected === undefined ? {} : { value: expected });
    });

    it.each(refused)('%s is refused', async (_, value, code) => {
      const c = await fresh([doc]);
      expect(await codeOf(c.aggregate([{ $project: { value } }]).toArray())).toBe(code);
    });
  });
}
