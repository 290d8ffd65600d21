import Link from "next/link";
import { DeprecationLine } from "@/components/models/deprecation-line";
import { Tile } from "@/components/ui/tile";
import type { ModelChoice } from "@/lib/playground/client";
import { modelPath } from "@/lib/registry/client";

/** What a model is, under which licence, and the way to its card. */
export function ChoiceCard({ choice }: { choice: ModelChoice }) {
  const { description, facts, model, version, deprecation } = choice;
  return (
    <>
      {deprecation && (
        <p className="line-clamp-3">
          <Tile status="attention" className="mr-1.5" />
          <DeprecationLine deprecation={deprecation} />
        </p>
      )}
      {description && <p className="line-clamp-3 text-fg-muted">{description}</p>}
      <p className="mt-0.5 text-fg-subtle">
        {facts}.{" "}
        <Link
          href={version ? modelPath(version.model, `v=${version.number}`) : modelPath(model)}
          className="text-accent hover:underline"
        >
          Model card
        </Link>
      </p>
    </>
  );
}
