import Link from "next/link";
import { KindIcon } from "@/components/ui/kind-icon";
import type { ObjectRef } from "@/lib/catalog";
import { FullName } from "./full-name";
import { catalogPath } from "./paths";
import { iconOf } from "./words";

/** Kind and full name, leading to its page. */
export function ObjectLink({ object, tab }: { object: ObjectRef; tab?: string }) {
  return (
    <Link
      href={catalogPath(object, tab)}
      className="inline-flex min-w-0 items-center gap-1 hover:[&_b]:text-accent"
    >
      <KindIcon kind={iconOf(object.kind)} />
      {object.kind === "metastore" ? <span>the workbench</span> : <FullName object={object} />}
    </Link>
  );
}
