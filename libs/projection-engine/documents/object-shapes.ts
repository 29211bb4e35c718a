export interface Field {
  readonly key: string;
  /** The key as text before its value: quoted, with a colon. */
  readonly label: string;
}

interface Shape {
  readonly keys: readonly string[];
  readonly fields: readonly Field[];
}

/**
 * Documents of one projection have few shapes, which are asked for by the hundred thousand. Where keys are data, as in
 * counts by name, there are many, which are not worth keeping.
 */
const firstKeysKept = 200;
const alikeKept = 12;

/** The fields of an object in the order of their keys, sorted once per order in which the keys came. */
export class ObjectShapes {
  private readonly byFirstKey = new Map<string, Shape[]>();

  of(object: object): readonly Field[] {
    const keys = Object.keys(object);
    const first = keys[0];
    if (first === undefined) return [];
    const alike = this.byFirstKey.get(first);
    const found = alike?.find((shape) => sameKeys(shape.keys, keys));
    if (found) return found.fields;
    const fields = keys.toSorted().map((key) => ({ key, label: `${JSON.stringify(key)}:` }));
    this.remember(first, { keys, fields });
    return fields;
  }

  private remember(first: string, shape: Shape): void {
    const alike = this.byFirstKey.get(first);
    if (alike === undefined) {
      if (this.byFirstKey.size >= firstKeysKept) this.byFirstKey.clear();
      this.byFirstKey.set(first, [shape]);
      return;
    }
    if (alike.length >= alikeKept) alike.shift();
    alike.push(shape);
  }
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
