import { safeError } from './safe-error.js';

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('what the log says of an error', () => {
  it('leaves out a message that may repeat what somebody typed', () => {
    const error = safeError(thrownBy(() => JSON.parse('{"name": Ayşe Yılmaz')));
    expect(error.name).toBe('SyntaxError');
    expect(JSON.stringify(error)).not.toContain('Ayş');
  });

  it('keeps the places in the code, even when the message runs over several lines', () => {
    const error = safeError(new Error('first\n    at the house of Ayşe:1:2\nthird'));
    expect(error.frames[0]).toContain('safe-error.spec');
    expect(JSON.stringify(error)).not.toContain('Ayşe');
  });

  it('keeps messages of the runtime and of errors that declare themselves safe', () => {
    const missing = thrownBy(() => (undefined as unknown as { size: number }).size);
    expect(safeError(missing).message).toContain('size');
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:2113'), {
      syscall: 'connect',
      code: 'ECONNREFUSED',
    });
    expect(safeError(refused)).toMatchObject({
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED 127.0.0.1:2113',
    });
    expect(safeError(Object.assign(new Error('ours'), { logSafe: true })).message).toBe('ours');
  });

  it('follows causes, and ends where they go in circles', () => {
    const outer = new Error('outer', { cause: new Error('inner') });
    expect(safeError(outer).cause).toMatchObject({ name: 'Error' });
    const circle = new Error('circle');
    circle.cause = circle;
    expect(JSON.stringify(safeError(circle)).length).toBeLessThan(20_000);
  });

  it('copes with anything that can be thrown', () => {
    expect(safeError('Ayşe')).toEqual({ name: 'thrown string', frames: [] });
    expect(safeError(null)).toEqual({ name: 'thrown object', frames: [] });
  });
});
