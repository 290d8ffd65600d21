"use client";
import type { ReactNode } from "react";
import { parameterCount, tokenCount } from "@/components/models/figures";
import { CopyButton } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";
import { byteCount } from "@/lib/core";
import type { ModelVersion } from "@/lib/registry";
import { LicenseFact } from "./license-fact";
import { ModelTagsLine } from "./model-tags-line";
import { RunsFact } from "./runs-fact";
import type { TabProps } from "./tab-props";
import { approvalWord, originWords, sourceWords } from "./words";

const values = (list: ModelVersion["signature"]["inputs"]) =>
  list.map(({ name, type, shape }) => `${name}: ${type}${shape ? `[${shape.join(", ")}]` : ""}`).join(", ");

/** What a version is made of, where it came from and where it runs. */
export function VersionFacts({ model, version, open }: TabProps) {
  const { source, signature, files, createdBy, createdAt, servedAs, parameters } = version;
  const approval = approvalWord(version);
  return (
    <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 gap-y-2 text-small">
      <Fact name="Called as">
        <span className="inline-flex max-w-full items-center gap-1">
          <code className="truncate">{servedAs}</code>
          <CopyButton compact text={servedAs} label="Copy the name" />
        </span>
      </Fact>
      <Fact name="Source">
        {source.origin === "hub" || source.origin === "connection" ? (
          <>
            {originWords[source.origin]}: <code className="wrap-anywhere">{sourceWords(source)}</code>
          </>
        ) : (
          sourceWords(source)
        )}
        {source.origin === "hub" && (
          <span className="block wrap-anywhere text-fg-subtle">
            {source.hub}, commit {source.revision}
          </span>
        )}
      </Fact>
      <Fact name="Licence">
        <LicenseFact
          version={version}
          onAccept={model.may.manage ? () => open({ kind: "license", version: version.number }) : undefined}
        />
      </Fact>
      <Fact name="Runs">
        <RunsFact version={version} />
      </Fact>
      <Fact name="Takes">
        <code className="wrap-anywhere">{values(signature.inputs)}</code>
      </Fact>
      <Fact name="Gives">
        <code className="wrap-anywhere">{values(signature.outputs)}</code>
      </Fact>
      <Fact name="Context">{tokenCount(signature.context)}</Fact>
      <Fact name="Parameters">{parameterCount(parameters)}</Fact>
      <Fact name="Size">
        {files.length === 0
          ? "no files here"
          : `${byteCount(version.bytes)} in ${files.length} ${files.length === 1 ? "file" : "files"}`}
      </Fact>
      <Fact name="Approval">{approval ? approval.state : "not asked for"}</Fact>
      <Fact name="Registered">
        <Time at={createdAt} /> by {createdBy?.name ?? "the workbench"}
      </Fact>
      {Object.keys(version.tags).length > 0 && (
        <Fact name="Tags">
          <ModelTagsLine tags={version.tags} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-subtle">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
