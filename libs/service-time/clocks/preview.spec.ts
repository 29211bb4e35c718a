import { at, officeHours } from '../testing/fixtures.js';
import { compileCalendar, HOUR, presentPreview, preview, PreviewRequest, readPreview } from '../index.js';

const calendar = compileCalendar(officeHours());

function previewOf(request: PreviewRequest): ReturnType<typeof presentPreview> {
  const read = readPreview(request);
  if (!read.ok) throw new Error(read.problems.map(({ pointer }) => pointer).join(' '));
  return presentPreview(preview({ calendar, ...read.input }));
}

const friday = { target: 'PT2H', start: '2026-11-06T16:00:00Z' };

describe('a preview', () => {
  it('tells due, elapsed seconds, verdict and account', () => {
    expect(previewOf({ ...friday, end: '2026-11-09T09:30:00.500Z' })).toEqual({
      due: '2026-11-09T10:00:00.000Z',
      dueUnknown: null,
      elapsed: 5400.5,
      compliant: true,
      ledger: [
        span('2026-11-06T16:00:00.000Z', '2026-11-06T17:00:00.000Z', 'running', 3600),
        span('2026-11-06T17:00:00.000Z', '2026-11-09T09:00:00.000Z', 'outside-hours', 0),
        span('2026-11-09T09:00:00.000Z', '2026-11-09T09:30:00.500Z', 'running', 1800.5),
      ],
    });
  });

  it('is compliant at due and not a millisecond later', () => {
    expect(previewOf({ ...friday, end: '2026-11-09T10:00:00Z' }).compliant).toBe(true);
    expect(previewOf({ ...friday, end: '2026-11-09T10:00:00.001Z' }).compliant).toBe(false);
  });

  it('without an end runs to the due moment and gives no verdict', () => {
    expect(previewOf(friday)).toMatchObject({
      elapsed: 7200,
      compliant: null,
      due: '2026-11-09T10:00:00.000Z',
    });
  });

  it('counts an end before the start as 0', () => {
    expect(previewOf({ ...friday, end: '2026-11-05T10:00:00Z' })).toMatchObject({
      elapsed: 0,
      compliant: true,
    });
  });

  it('moves due by the business time of the pauses', () => {
    const pauses = [{ from: '2026-11-06T16:30:00Z', to: '2026-11-09T09:30:00Z' }];
    expect(previewOf({ ...friday, pauses }).due).toBe('2026-11-09T11:00:00.000Z');
  });

  it('with a pause without end stops where the pause begins', () => {
    const open = previewOf({ ...friday, pauses: [{ from: '2026-11-06T16:30:00Z' }] });
    expect(open).toMatchObject({ due: null, dueUnknown: 'paused', elapsed: 1800 });
  });

  it('gives up on a target beyond all years, and says so', () => {
    const never = compileCalendar({ ...officeHours(), hours: {} });
    expect(preview({ calendar: never, target: HOUR, start: at('2026-11-06T16:00') })).toMatchObject({
      due: null,
      dueUnknown: 'beyond-horizon',
      elapsed: 0,
      ledger: [],
    });
  });

  it('names what is wrong with a request', () => {
    const read = readPreview({
      target: 'PT0S',
      start: 'yesterday',
      end: '2026-11-06T16:00:00',
      pauses: [
        { from: '2026-11-06T16:30:00Z', to: '2026-11-06T16:29:00Z' },
        { from: '2026-11-06T16:30:00Z', to: 'later' },
      ],
    });
    expect(read.ok ? [] : read.problems.map(({ pointer }) => pointer)).toEqual([
      '/target',
      '/start',
      '/end',
      '/pauses/0',
      '/pauses/1/to',
    ]);
  });
});

function span(from: string, to: string, state: string, counted: number) {
  return { from, to, state, by: null, counted };
}
