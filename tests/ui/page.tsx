import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, render } from "@testing-library/react";
import axe from "axe-core";
import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import {
  PathnameContext,
  SearchParamsContext,
} from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { FreshQueryClient } from "@/components/shell/fresh-query-client";
import { Toaster } from "@/components/ui/toaster";

/** jsdom lays nothing out; what Radix and cmdk ask of layout is answered with "nothing happens". */
function standInForLayout(): void {
  class NoObserver {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  vi.stubGlobal("ResizeObserver", NoObserver);
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  // jsdom has no canvas and says so loudly; axe asks for one and can do without.
  HTMLCanvasElement.prototype.getContext = () => null;
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.hasPointerCapture = () => false;
  Element.prototype.setPointerCapture = () => {};
  Element.prototype.releasePointerCapture = () => {};
}

// Working out what is hidden asks jsdom for the style of every ancestor, and nothing here is hidden by style.
configure({ defaultHidden: true });

/** Call at the top of a file that renders. */
export function standInForBrowser(): void {
  beforeEach(standInForLayout);
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
    window.history.replaceState(null, "", "/");
  });
}

export const pushed: string[] = [];

const router: AppRouterInstance = {
  bfcacheId: "",
  back() {},
  forward() {},
  refresh() {},
  prefetch() {},
  push: (href) => {
    pushed.push(href);
  },
  replace: (href) => {
    pushed.push(href);
  },
};

interface At {
  path?: string;
  search?: string;
}

/** Renders as a page does: with a cache, a router and a place for toasts. */
export function show(ui: ReactNode, { path = "/", search = "" }: At = {}) {
  const client = new FreshQueryClient({ defaultOptions: { queries: { retry: false } } });
  pushed.length = 0;
  return render(
    <QueryClientProvider client={client}>
      <AppRouterContext.Provider value={router}>
        <PathnameContext.Provider value={path}>
          <SearchParamsContext.Provider value={new URLSearchParams(search)}>
            {ui}
            <Toaster />
          </SearchParamsContext.Provider>
        </PathnameContext.Provider>
      </AppRouterContext.Provider>
    </QueryClientProvider>,
  );
}

/** What axe finds wrong; contrast is computed over the tokens instead, jsdom paints nothing. */
export async function expectNoAxeViolations(): Promise<void> {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  expect(
    violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join(" | ")}`),
  ).toEqual([]);
}
