/** What a complaint is found by; nothing personal. */
export interface Searchable {
  readonly reference: string;
  readonly externalId?: string | undefined;
  readonly customer: { readonly ref: string };
  readonly property?: { readonly project: string } | undefined;
}

/**
 * Text as it is compared: without case and without marks above and below letters, so that people find what they mean
 * whatever keyboard they have. The four i of Turkish (I, ı, İ, i) become one.
 */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .trim()
    .replaceAll(/\s+/gu, ' ');
}

export function wordsOf(foldedText: string): string[] {
  return foldedText.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Numbers and names whole, and the project's name by each of its words, too. */
export function searchTermsOf({ reference, externalId, customer, property }: Searchable): string[] {
  const whole = [reference, externalId, customer.ref, property?.project].flatMap((text) =>
    text === undefined ? [] : [folded(text)],
  );
  const words = property === undefined ? [] : wordsOf(folded(property.project));
  return [...new Set([...whole, ...words])];
}
