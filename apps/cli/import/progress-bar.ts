import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  advance: (bytes: number) => void;
  stop: () => void;
}

/** On a terminal a bar, elsewhere nothing. `total` is in bytes of the file. */
export function startProgress(show: boolean, total: number): Progress {
  if (!show) return { advance: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: '  {bar} {percentage}%  {eta_formatted} left', hideCursor: true, stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    advance: (bytes) => {
      bar.increment(bytes);
    },
    stop: () => {
      bar.update(total);
      bar.stop();
    },
  };
}
