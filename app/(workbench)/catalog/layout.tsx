import type { ReactNode } from "react";
import { CatalogArea } from "@/components/catalog/catalog-area";

/** The tree stays while one goes from object to object. */
export default function CatalogLayout({ children }: { children: ReactNode }) {
  return <CatalogArea>{children}</CatalogArea>;
}
