"use client";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { RowActions, Table, Td, Th, Tr } from "@/components/ui/table";
import { byteCount } from "@/lib/core";
import type { TabProps } from "./tab-props";
import { VersionBar } from "./version-bar";

/** The files of a version, each with what it is known by. */
export function FilesTab(props: TabProps) {
  const { version } = props;
  return (
    <>
      <VersionBar {...props}>
        {version.files.length > 0 && (
          <span className="text-small text-fg-muted">
            {byteCount(version.bytes)} in all. A file with another hash is never loaded.
          </span>
        )}
      </VersionBar>
      {version.files.length === 0 ? (
        <EmptyState kind="model" title="No files here">
          {version.source.origin === "connection"
            ? "It runs on another machine; its files are there."
            : "It is part of the application and needs none."}
        </EmptyState>
      ) : (
        <Table label={`Files of v${version.number}`}>
          <thead>
            <tr>
              <Th>File</Th>
              <Th end>Size</Th>
              <Th>SHA-256</Th>
              <Th narrow="hide">
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {version.files.map(({ path, size, sha256 }) => (
              <Tr key={path}>
                <Td>
                  <code className="max-sm:whitespace-normal max-sm:wrap-anywhere">{path}</code>
                </Td>
                <Td end className="text-fg-muted">
                  {byteCount(size)}
                </Td>
                <Td className="text-fg-muted" title={sha256}>
                  <code>
                    {sha256.slice(0, 8)}
                    <span className="max-lg:hidden">{sha256.slice(8)}</span>
                    <span className="lg:hidden">…</span>
                  </code>
                </Td>
                <Td narrow="hide" className="w-0">
                  <RowActions>
                    <CopyButton compact text={sha256} label={`Copy the hash of ${path}`} />
                  </RowActions>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </>
  );
}
