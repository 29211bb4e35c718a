import { at, cycle, instant } from '../testing/facts.fixtures.js';
import { isAwaitingApprovalAt, isOpenAt, teamAt } from './open-at.js';

const END = at('03-03T10:00');

describe('What is open at the end of a period', () => {
  it.each([
    ['a cycle begun a minute before it', { startedAt: at('03-03T09:59') }, true],
    ['one that begins at it is not', { startedAt: END }, false],
    ['one resolved at it still is', { resolvedAt: END }, true],
    ['one resolved a minute before is not', { resolvedAt: at('03-03T09:59') }, false],
    ['one withdrawn at it still is', { withdrawnAt: END }, true],
    ['one withdrawn a minute before is not', { withdrawnAt: at('03-03T09:59') }, false],
  ])('%s', (_, about, open) => {
    expect(isOpenAt(cycle(about), END)).toBe(open);
  });

  it.each([
    ['entered before and not decided', '03-03T09:59', undefined, true],
    ['entered at it', '03-03T10:00', undefined, false],
    ['decided at it', '03-03T09:00', '03-03T10:00', true],
    ['decided a minute before', '03-03T09:00', '03-03T09:59', false],
  ])('awaits approval with a result %s: %s, %s', (_, entered, decided, awaits) => {
    const decision = decided === undefined ? {} : { decided: { at: instant(decided) } };
    const resolutions = [{ at: instant(entered), verdict: 'pending' as const, ...decision }];
    expect(isAwaitingApprovalAt(cycle({}, { resolutions }), END)).toBe(awaits);
  });

  it('is with the team that it came to before, not with the one that it comes to just then', () => {
    const stays = [
      { team: null, from: at('03-02T10:00'), to: at('03-02T11:00'), endedBy: 'routed' as const },
      { team: 'plumbing', from: at('03-02T11:00'), to: END, endedBy: 'routed' as const },
      { team: 'electrical', from: END, to: null, endedBy: null },
    ];
    expect(teamAt(cycle({ stays }), END)).toBe('plumbing');
    expect(teamAt(cycle({ stays }), at('03-03T10:01'))).toBe('electrical');
  });
});
