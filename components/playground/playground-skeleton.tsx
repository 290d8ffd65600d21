import type { ReactNode } from "react";
import { promptClass } from "./prompt-class";

interface PlaygroundSkeletonProps {
  /** What stands beside an empty prompt, to be read while the rest comes. */
  samples?: ReactNode;
}

/** The regions of the page at the size they will have; its lines stand, nothing moves when it fills. */
export function PlaygroundSkeleton({ samples }: PlaygroundSkeletonProps) {
  return (
    <div
      role="status"
      aria-label="Opening the playground"
      className="flex h-full min-h-150 flex-none flex-col max-sm:min-h-120"
    >
      <div className="h-12 flex-none border-b pointer-coarse:h-14">
        <h1 className="sr-only">Playground</h1>
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          {samples ? (
            <>
              <div className="h-10 flex-none border-b sm:hidden" />
              <div aria-hidden className={promptClass}>
                <div />
                {samples}
              </div>
            </>
          ) : (
            <div className="h-10 flex-none border-b sm:h-46" />
          )}
          <div className="grid flex-1 sm:grid-cols-2">
            {["a", "b"].map((column) => (
              <div key={column} className="border-r last:border-r-0 max-sm:last:hidden">
                <div className="h-10 border-b" />
                <div className="h-16 border-b" />
              </div>
            ))}
          </div>
          <div className="h-12.75 flex-none border-t" />
        </div>
        <div className="w-63 flex-none border-l max-lg:hidden" />
      </div>
    </div>
  );
}
