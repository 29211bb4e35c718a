import { PATHS, policyOf } from '../testing/cycle-script.js';
import { at } from '../testing/fixtures.js';
import { HOUR } from '../instant.js';
import { pathOf } from './call-tree.js';
import { compilePolicy } from './compile-policy.js';
import { countedAtLevel, parseEscalationAt } from './escalation-at.js';
import { policyInForce } from './policy-in-force.js';
import { POLICY } from '../testing/cycle-script.js';

describe('the target of a complaint', () => {
  const policy = policyOf();
  const target = (node: string, priority: string) => policy.resolutionTarget(PATHS[node] ?? [], priority);

  it.each([
    ['hangs on its node', 'plumbing', 'normal', 8, 'plumbing', null],
    ['is inherited from the nearest ancestor that has one', 'leak', 'normal', 8, 'plumbing', null],
    ['is that of its very priority where the node has one', 'leak', 'urgent', 2, 'plumbing', 'urgent'],
    ['goes up to the root', 'garden', 'urgent', 16, 'building', null],
  ])('%s', (_, node, priority, hours, callTree, ruledPriority) => {
    expect(target(node, priority)).toEqual({ target: hours * HOUR, callTree, priority: ruledPriority });
  });

  it('prefers a nearer line for any priority to a line for the priority further up', () => {
    const nearer = policyOf({
      resolution: [
        { callTree: 'building', priority: 'urgent', target: 'PT1H' },
        { callTree: 'plumbing', target: 'PT8H' },
      ],
    });
    expect(nearer.resolutionTarget(PATHS['leak'] ?? [], 'urgent')?.target).toBe(8 * HOUR);
  });

  it('goes further up where the nearer node speaks of another priority only', () => {
    const other = policyOf({
      resolution: [
        { callTree: 'building', target: 'PT16H' },
        { callTree: 'plumbing', priority: 'urgent', target: 'PT2H' },
      ],
    });
    expect(other.resolutionTarget(PATHS['leak'] ?? [], 'low')?.target).toBe(16 * HOUR);
  });

  it('is none where no line applies, and a channel without a target is not measured', () => {
    expect(target('other', 'normal')).toBeNull();
    expect(policy.registrationTarget('phone')).toBe(HOUR / 4);
    expect(policy.registrationTarget('fax')).toBeNull();
    expect(policy.registrationTarget('constructor')).toBeNull();
  });

  it('refuses to compile what validation would have refused', () => {
    expect(() => compilePolicy({ ...POLICY, reopenWindow: 'P1M' })).toThrow(RangeError);
    expect(() => compilePolicy({ ...POLICY, escalation: [{ level: 1, at: 'soon', notify: [] }] })).toThrow(
      RangeError,
    );
  });
});

describe('the path of a node', () => {
  it('ends at the root, at an unknown parent, and where a mistake would make it a circle', () => {
    const tree = new Map([
      ['building', {}],
      ['plumbing', { parent: 'building' }],
      ['orphan', { parent: 'gone' }],
      ['hen', { parent: 'egg' }],
      ['egg', { parent: 'hen' }],
    ]);
    expect(pathOf(tree, 'plumbing')).toEqual(['plumbing', 'building']);
    expect(pathOf(tree, 'orphan')).toEqual(['orphan', 'gone']);
    expect(pathOf(tree, 'hen')).toEqual(['hen', 'egg']);
    expect(pathOf(tree, 'unknown')).toEqual(['unknown']);
  });
});

describe('when a level is reached', () => {
  it.each([
    ['80%', 8],
    ['100%', 10],
    ['150%', 15],
    ['PT0S after', 10],
    ['PT2H after', 12],
    ['PT4H before', 6],
  ])('%s of ten hours is after %s', (text, hours) => {
    const parsed = parseEscalationAt(text);
    expect(parsed.ok && countedAtLevel(parsed.at, 10 * HOUR)).toBe(hours * HOUR);
  });

  it.each([
    '0%',
    '1001%',
    '-5%',
    '80',
    '80.5%',
    'PT2H',
    'PT0S before',
    'P1M after',
    '-PT1H after',
    'PT2H  after',
    '',
  ])('%s is refused', (text) => {
    expect(parseEscalationAt(text).ok).toBe(false);
  });
});

describe('the policy that rules a cycle', () => {
  const version = (number: number, publishedAt: string, effectiveFrom?: string) => ({
    version: number,
    publishedAt: at(publishedAt),
    ...(effectiveFrom === undefined ? {} : { effectiveFrom: at(effectiveFrom) }),
  });
  const versions = [
    version(1, '2026-01-01T00:00'),
    version(2, '2026-03-01T00:00', '2026-06-01T00:00'),
    version(3, '2026-04-01T00:00'),
  ];

  it.each([
    ['the first, for what came before it', '2020-01-01T00:00', 1],
    ['the one in force', '2026-03-15T00:00', 1],
    ['the newest in force, while another waits for its day', '2026-05-01T00:00', 3],
    ['the one whose day came last, from that very instant', '2026-06-01T00:00', 2],
  ])('is %s', (_, start, expected) => {
    expect(policyInForce(versions, at(start))?.version).toBe(expected);
  });

  it('is never one that was published after the cycle began, however early it says that it is effective', () => {
    const later = [...versions, version(4, '2026-05-01T00:00', '2025-01-01T00:00')];
    expect(policyInForce(later, at('2026-04-30T23:59'))?.version).toBe(3);
    expect(policyInForce(later, at('2026-05-01T00:00'))?.version).toBe(4);
  });

  it('is the higher number of two that come into force at once, in whatever order they are given', () => {
    const day = '2026-06-01T00:00';
    const both = [version(5, '2026-05-02T00:00', day), version(4, '2026-05-01T00:00', day)];
    for (const order of [both, both.toReversed()])
      expect(policyInForce([...versions, ...order], at(day))?.version).toBe(5);
  });

  it('is none where there is none', () => {
    expect(policyInForce(versions.slice(3), at('2026-05-01T00:00'))).toBeUndefined();
  });
});
