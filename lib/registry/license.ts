/** Licences that ask nothing of whoever only runs a model; their names are written in many ways. */
const open =
  /^(apache|mit|isc|zlib|unlicense|cc0|wtfpl|bsd|0bsd|bsl-1\.0|mpl|cc-by(-sa)?|cc-by-4\.0|postgresql)([-\s.]?(license|licence|clause|v?[0-9.]+|2-clause|3-clause))*$/;

/** Whether a licence may be used without somebody saying yes to its terms. What is unknown may not. */
export function isOpenLicense(license: string): boolean {
  return open.test(license.trim().toLowerCase());
}
