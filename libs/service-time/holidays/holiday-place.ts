import Holidays from 'date-holidays';

/** Whose public holidays a calendar keeps. */
export interface HolidayPlace {
  /** ISO 3166-1 alpha-2, e.g. TR. */
  readonly country: string;
  /** ISO 3166-2 with or without its country, e.g. BY or DE-BY, and below it a region of the library, e.g. BY-A. */
  readonly region?: string;
}

/** The place in the library's own spelling. */
export interface KnownPlace {
  readonly country: string;
  readonly state?: string;
  readonly region?: string;
}

/** undefined if the library has no holidays of the place. */
export function knownPlace({ country, region }: HolidayPlace): KnownPlace | undefined {
  const catalogue = new Holidays();
  if (!Object.hasOwn(catalogue.getCountries(), country)) return undefined;
  if (region === undefined) return { country };
  const prefix = `${country}-`;
  const [stateGiven = '', regionGiven] = (
    region.startsWith(prefix) ? region.slice(prefix.length) : region
  ).split('-');
  const state = spelt(catalogue.getStates(country), stateGiven);
  if (state === undefined) return undefined;
  if (regionGiven === undefined) return { country, state };
  const part = spelt(catalogue.getRegions(country, state), regionGiven);
  return part === undefined ? undefined : { country, state, region: part };
}

/** @param names undefined, against the library's types, where a country or state has no parts */
function spelt(names: Record<string, string> | undefined, given: string): string | undefined {
  return Object.keys(names ?? {}).find((name) => name.toLowerCase() === given.toLowerCase());
}

export function knowsHolidaysOf(country: string, region?: string): boolean {
  return knownPlace({ country, region }) !== undefined;
}

export function holidaysOf(place: KnownPlace): Holidays {
  return new Holidays(place, { types: ['public'] });
}
