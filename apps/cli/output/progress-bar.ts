import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  advance: (by: number) => void;
  reach: (value: number) => void;
  stop: () => void;
}

/** On a terminal a bar, elsewhere nothing. `total` is in the caller's unit. */
export function startProgress(show: boolean, total: number): Progress {
  if (!show) return { advance: () => undefined, reach: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: '  {bar} {percentage}%  {eta_formatted} left', hideCursor: true, stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  let isRunning = true;
  return {
    advance: (by) => {
      bar.increment(by);
    },
    reach: (value) => {
      bar.update(value);
    },
    stop: () => {
      if (!isRunning) return;
      isRunning = false;
      bar.update(total);
      bar.stop();
    },
  };
}
