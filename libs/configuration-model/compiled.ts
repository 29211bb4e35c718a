import type { CalendarData, SlaPolicyData } from '#libs/event-contracts/index.js';
import {
  compileCalendar,
  compilePolicy,
  type BusinessCalendar,
  type CompiledPolicy,
} from '#libs/service-time/index.js';

/*
 * Definitions are immutable, so what is worked out from one holds as long as it lives. Kept beside the model instead of
 * in it: the model stays plain data, and models that share a definition share its compiled form.
 */
const calendars = new WeakMap<CalendarData, BusinessCalendar>();
const policies = new WeakMap<SlaPolicyData, CompiledPolicy>();

export function compiledCalendar(data: CalendarData): BusinessCalendar {
  let compiled = calendars.get(data);
  if (compiled === undefined) {
    compiled = compileCalendar(data);
    calendars.set(data, compiled);
  }
  return compiled;
}

export function compiledPolicy(data: SlaPolicyData): CompiledPolicy {
  let compiled = policies.get(data);
  if (compiled === undefined) {
    compiled = compilePolicy(data);
    policies.set(data, compiled);
  }
  return compiled;
}
