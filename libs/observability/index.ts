export {
  CORRELATION_HEADER,
  correlationIdFrom,
  currentCorrelationId,
  withCorrelationId,
} from './correlation.js';
export { createLogger, type Logger, type LoggerOptions } from './logger.js';
export { createMetrics, type Metrics } from './metrics.js';
export { nestLogger } from './nest-logger.js';
export { LOGGER, METRICS, ObservabilityModule } from './observability.module.js';
export { requestObserver } from './request-observer.js';
export { safeError, type LogSafe, type SafeError } from './safe-error.js';
