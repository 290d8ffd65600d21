import { Badge } from "./badge";

/** A tag as a quiet badge; a value that is empty leaves the name alone. */
export function TagBadge({ name, value }: { name: string; value: string }) {
  return <Badge icon="tag">{value ? `${name}: ${value}` : name}</Badge>;
}
