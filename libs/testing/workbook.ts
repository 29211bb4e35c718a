import { inflateRawSync } from 'node:zlib';

/** The texts of a zip file's entries by name, found by its central directory. */
function entriesOf(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const entries = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      zip.readUInt16LE(at + offset),
    ) as [number, number, number];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(begin, begin + zip.readUInt32LE(at + 20));
    entries.set(name, (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8'));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** The sheets of an XLSX file by name, as a spreadsheet would show them: numbers and texts, empty cells left out. */
export function sheetsOf(xlsx: Buffer): Map<string, (string | number)[][]> {
  const entries = entriesOf(xlsx);
  const shared = all(entries.get('xl/sharedStrings.xml'), /<si>.*?<t[^>]*>(.*?)<\/t><\/si>/gs).map(plain);
  const names = all(entries.get('xl/workbook.xml'), /<sheet [^>]*?name="([^"]*)"/g);
  const cellsOf = (row: string): (string | number)[] =>
    [...row.matchAll(/<c ([^>]*)><v>(.*?)<\/v>/g)].map(([, attributes = '', value = '']) =>
      attributes.includes('t="s"') ? (shared[Number(value)] ?? '') : Number(value),
    );
  return new Map(
    names.map((name, index) => {
      const rows = all(entries.get(`xl/worksheets/sheet${index + 1}.xml`), /<row [^>]*>(.*?)<\/row>/gs);
      return [name, rows.map(cellsOf)];
    }),
  );
}

function all(text: string | undefined, pattern: RegExp): string[] {
  return [...(text ?? '').matchAll(pattern)].map(([, found = '']) => found);
}

function plain(xml: string): string {
  return xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
