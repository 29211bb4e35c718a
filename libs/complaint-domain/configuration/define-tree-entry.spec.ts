import type { Actor } from '#libs/event-contracts/index.js';
import { defineCallTreeNode, defineCategory, defineTeam, type TreeContext } from './define-tree-entry.js';

const admin = { actor: { sub: 'deniz', name: 'Deniz', role: 'admin' } as Actor, now: '2024-09-02T06:00:00Z' };
const names = { tr: 'Su', en: 'Water' };

/** plumbing > leaks > joints */
const parents: Readonly<Record<string, string | undefined>> = {
  plumbing: undefined,
  leaks: 'plumbing',
  joints: 'leaks',
};
function tree<Data>(current?: Data): TreeContext<Data> {
  return {
    ...(current === undefined ? {} : { current }),
    has: (code) => Object.hasOwn(parents, code),
    parentOf: (code) => parents[code],
  };
}

describe('Defining a call-tree node', () => {
  it('states the whole definition, active unless it says otherwise', () => {
    expect(
      defineCallTreeNode(
        { code: 'water', names: { tr: ' Su ', en: 'Water' }, parent: 'leaks' },
        admin,
        tree(),
      ),
    ).toEqual({
      ok: true,
      occurredAt: '2024-09-02T06:00:00.000Z',
      events: [
        { type: 'CallTreeNodeDefined', data: { code: 'water', names, parent: 'leaks', active: true } },
      ],
    });
  });

  it('states nothing when nothing changes, whatever the order of keys', () => {
    const current = { active: true, names: { en: 'Water', tr: 'Su' }, code: 'water' };
    expect(defineCallTreeNode({ code: 'water', names }, admin, tree(current))).toMatchObject({
      ok: true,
      events: [],
    });
    expect(defineCallTreeNode({ code: 'water', names, active: false }, admin, tree(current))).toMatchObject({
      events: [{ data: { active: false } }],
    });
    expect(defineCallTreeNode({ code: 'water', names, parent: 'leaks' }, admin, tree(current))).toMatchObject(
      {
        events: [{ data: { parent: 'leaks' } }],
      },
    );
  });

  it.each([
    ['the parent is not defined', 'water', 'nowhere', 'unknown-parent'],
    ['it would be its own parent', 'leaks', 'leaks', 'cycle-in-tree'],
    ['it would stand below its child', 'leaks', 'joints', 'cycle-in-tree'],
    ['it would stand below its grandchild', 'plumbing', 'joints', 'cycle-in-tree'],
    ['the parent is no code', 'water', 'Leaks', 'malformed-code'],
  ])('is refused when %s', (_, code, parent, expected) => {
    expect(defineCallTreeNode({ code, names, parent }, admin, tree())).toMatchObject({
      ok: false,
      rejection: { kind: 'invalid', code: expected, errors: [{ pointer: '/parent' }] },
    });
  });

  it('may move up the tree', () => {
    expect(defineCallTreeNode({ code: 'joints', names, parent: 'plumbing' }, admin, tree())).toMatchObject({
      ok: true,
    });
  });

  it('ends on a tree that is broken already', () => {
    const broken = { has: () => true, parentOf: (code: string) => (code === 'a' ? 'b' : 'a') };
    expect(defineCallTreeNode({ code: 'water', names, parent: 'a' }, admin, broken)).toMatchObject({
      ok: true,
    });
  });

  it.each(['a', '0', 'water-leak-2', 'x'.repeat(63)])('takes a code like %s', (code) => {
    expect(defineCallTreeNode({ code, names }, admin, tree())).toMatchObject({ ok: true });
  });

  it.each(['', '-a', 'Water', 'su_kaçağı', 'x'.repeat(64), 'a/b', 'a\n'])(
    'refuses a code like %j',
    (code) => {
      expect(defineCallTreeNode({ code, names }, admin, tree())).toMatchObject({
        rejection: { code: 'malformed-code', errors: [{ pointer: '/code' }] },
      });
    },
  );

  it('needs both names', () => {
    expect(defineCallTreeNode({ code: 'water', names: { tr: ' ', en: '' } }, admin, tree())).toMatchObject({
      rejection: { code: 'required', errors: [{ pointer: '/names/tr' }, { pointer: '/names/en' }] },
    });
  });

  it('is for the administrator, and for the product when it seeds itself', () => {
    const by = (role: Actor['role']) => ({ ...admin, actor: { ...admin.actor, role } });
    expect(defineCallTreeNode({ code: 'water', names }, by('system'), tree())).toMatchObject({ ok: true });
    expect(defineCallTreeNode({ code: 'water', names }, by('supervisor'), tree())).toMatchObject({
      rejection: { kind: 'not-allowed', code: 'wrong-role' },
    });
  });
});

describe('Defining a category', () => {
  it('follows the same rules', () => {
    expect(defineCategory({ code: 'pipe', names, parent: 'leaks' }, admin, tree())).toMatchObject({
      events: [{ type: 'CategoryDefined', data: { code: 'pipe', names, parent: 'leaks', active: true } }],
    });
    expect(defineCategory({ code: 'pipe', names, parent: 'pipe' }, admin, tree())).toMatchObject({
      ok: false,
    });
  });
});

describe('Defining a team', () => {
  it('names its members, each once', () => {
    expect(
      defineTeam({ code: 'electric', names, members: ['zeynep', ' zeynep ', 'ali'] }, admin, tree()),
    ).toMatchObject({
      events: [
        { type: 'TeamDefined', data: { code: 'electric', names, members: ['zeynep', 'ali'], active: true } },
      ],
    });
    expect(defineTeam({ code: 'electric', names }, admin, tree())).toMatchObject({
      events: [{ data: { members: [] } }],
    });
  });

  it('refuses members that are none', () => {
    expect(defineTeam({ code: 'electric', names, members: ['zeynep', ' '] }, admin, tree())).toMatchObject({
      rejection: { code: 'malformed-definition', errors: [{ pointer: '/members' }] },
    });
  });
});
