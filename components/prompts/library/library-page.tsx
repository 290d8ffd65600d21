"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import type { Person } from "@/lib/prompts";
import { promptPagesQuery } from "@/lib/prompts/client";
import { LibraryArea } from "./library-area";
import { LibraryMenu } from "./library-menu";
import { LibraryToolbar } from "./library-toolbar";
import { PromptList } from "./prompt-list";
import { useLibraryView } from "./use-library-view";

const ImportDialog = dynamic(() => import("./import-dialog").then((module) => module.ImportDialog), {
  ssr: false,
});
const ExportDialog = dynamic(() => import("./export-dialog").then((module) => module.ExportDialog), {
  ssr: false,
});
const CreateDialog = dynamic(() => import("./create-dialog").then((module) => module.CreateDialog), {
  ssr: false,
});

/** Every prompt the reader may see: found by name and text, narrowed by schema, owner and tag. */
export function LibraryPage({ me }: { me: Person }) {
  const view = useLibraryView();
  const list = useInfiniteQuery({
    ...promptPagesQuery(view.filter),
    placeholderData: keepPreviousData,
  });
  const prompts = list.data?.pages.flatMap((page) => page.prompts) ?? [];
  const isEmpty = list.isSuccess && prompts.length === 0;
  return (
    <>
      <LibraryArea
        actions={
          <>
            <LibraryMenu open={view.open} />
            <Button variant={isEmpty ? "default" : "primary"} icon="plus" onClick={() => view.open("new")}>
              New prompt
            </Button>
          </>
        }
      >
        Texts that models are asked with, in versions. Applications fetch them by an alias such as production.
      </LibraryArea>
      <LibraryToolbar view={view} me={me} prompts={prompts} />
      <PromptList list={list} view={view} />
      {view.dialog === "new" && (
        <CreateDialog schema={view.filter.schema} onClose={() => view.open(undefined)} />
      )}
      {view.dialog === "import" && <ImportDialog onClose={() => view.open(undefined)} />}
      {view.dialog === "export" && (
        <ExportDialog schema={view.filter.schema} onClose={() => view.open(undefined)} />
      )}
    </>
  );
}
