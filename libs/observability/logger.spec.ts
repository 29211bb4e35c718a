import { createLogger, currentCorrelationId, nestLogger, withCorrelationId } from './index.js';

function collect(): { lines: () => Record<string, unknown>[]; logger: ReturnType<typeof createLogger> } {
  const written: string[] = [];
  const logger = createLogger({
    level: 'debug',
    service: 'test',
    destination: { write: (line) => written.push(line) },
  });
  return { logger, lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('the log', () => {
  it('is JSON lines with time, severity, service and the correlation id of what is going on', async () => {
    const { logger, lines } = collect();
    await withCorrelationId('call-1', async () => {
      await Promise.resolve();
      logger.info({ position: 7 }, 'appended');
    });
    expect(lines()[0]).toMatchObject({
      level: 'info',
      service: 'test',
      correlationId: 'call-1',
      position: 7,
      msg: 'appended',
    });
    expect(Date.parse(String(lines()[0]?.['time']))).not.toBeNaN();
    expect(currentCorrelationId()).toBeUndefined();
  });

  it('cuts out fields that hold personal data, should somebody log them after all', () => {
    const { logger, lines } = collect();
    logger.info({ body: { name: 'Ayşe' }, command: { customer: 'Ayşe', type: 'receive' } }, 'oops');
    expect(JSON.stringify(lines())).not.toContain('Ayşe');
    expect(lines()[0]).toMatchObject({ command: { type: 'receive' } });
  });

  it('holds the framework’s words too, with its errors made safe', () => {
    const { logger, lines } = collect();
    const nest = nestLogger(logger);
    nest.log('Mapped {/things, GET} route', 'RouterExplorer');
    nest.error(new Error('Ayşe'), 'Router');
    expect(lines()[0]).toMatchObject({
      level: 'debug',
      context: 'RouterExplorer',
      msg: 'Mapped {/things, GET} route',
    });
    expect(lines()[1]).toMatchObject({ level: 'error', context: 'Router', err: { name: 'Error' } });
    expect(JSON.stringify(lines())).not.toContain('Ayşe');
  });
});
