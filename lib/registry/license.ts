/** Licences that ask nothing of whoever only runs a model; their names are written in many ways. */
const open =
  /^(?:apache|mit|isc|zlib|unlicense|cc0|wtfpl|0?bsd|bsl-1\.0|mpl|cc-by-sa|cc-by|postgresql)(?=[-\s.v0-9]|$)/;

/** What may follow: versions, and words that say nothing. Read word by word, in time that grows with the text. */
const harmless = /^(?:license|licence|clause|v?[0-9.]*)$/;

/** Whether a licence may be used without somebody saying yes to its terms. What is unknown may not. */
export function isOpenLicense(license: string): boolean {
  const text = license.trim().toLowerCase();
  const name = open.exec(text)?.[0];
  return (
    name !== undefined &&
    text
      .slice(name.length)
      .split(/[-\s]+/)
      .every((word) => harmless.test(word))
  );
}
