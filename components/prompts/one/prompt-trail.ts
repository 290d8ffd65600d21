import { catalogPath, nameParts } from "@/components/catalog/paths";

/** The places a prompt lies in: catalog, then schema, as the top bar names them. */
export function promptTrail(fullName: string) {
  const [catalog = "", schema = "", name = ""] = nameParts({ kind: "prompt", fullName });
  if (schema === "") return { label: fullName, trail: [] };
  return {
    label: name,
    trail: [
      { label: catalog, href: catalogPath({ kind: "catalog", fullName: catalog }) },
      { label: schema, href: catalogPath({ kind: "schema", fullName: `${catalog}.${schema}` }) },
    ],
  };
}
