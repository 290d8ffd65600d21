import { Budget } from "./budget";
import { type CharAutomaton, patternAutomaton } from "./pattern-automaton";

const day31 = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])";
const day30 = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)";
const february = "02-(?:0[1-9]|1[0-9]|2[0-8])";
const leapYear = "(?:[0-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:0[048]|[2468][048]|[13579][26])00)";
const date = `(?:[0-9]{4}-(?:${day31}|${day30}|${february})|${leapYear}-02-29)`;
const clock = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
const time = `${clock}:[0-5][0-9](?:\\.[0-9]{1,9})?(?:Z|[+-]${clock})`;
const byte = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?";
const host = `${label}(?:\\.${label}){0,3}`;

/**
 * Formats whose every text is of the format by its RFC; of some only a common part is written: times without leap
 * seconds, mail addresses without quoting, IPv6 in full length, URIs of http and https.
 */
const patterns: Readonly<Record<string, string>> = {
  date,
  time,
  "date-time": `${date}T${time}`,
  duration:
    "P(?:[0-9]{1,4}W|[0-9]{1,4}D(?:T[0-9]{1,4}H)?|[0-9]{1,4}Y(?:[0-9]{1,4}M(?:[0-9]{1,4}D)?)?|T[0-9]{1,4}(?:S|M(?:[0-9]{1,4}S)?|H(?:[0-9]{1,4}M(?:[0-9]{1,4}S)?)?))",
  email: `[a-zA-Z0-9_+-]{1,20}(?:\\.[a-zA-Z0-9_+-]{1,20}){0,2}@${label}(?:\\.${label}){1,3}`,
  hostname: host,
  ipv4: `${byte}(?:\\.${byte}){3}`,
  ipv6: "[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){7}",
  uri: `https?://${host}(?::[1-9][0-9]{0,3})?(?:/[a-zA-Z0-9._~-]*)*(?:\\?[a-zA-Z0-9._~=&-]*)?(?:#[a-zA-Z0-9._~-]*)?`,
  uuid: "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
};

export const stringFormats: readonly string[] = Object.keys(patterns);

const automata = new Map<string, CharAutomaton>();

/** The texts of a format, made once; undefined for a format that we do not know. */
export function automatonOfFormat(format: string): CharAutomaton | undefined {
  const known = automata.get(format);
  if (known || !Object.hasOwn(patterns, format)) return known;
  const made = patternAutomaton(patterns[format] ?? "", "whole", new Budget());
  if (made) automata.set(format, made);
  return made;
}
