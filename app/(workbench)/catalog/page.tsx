import type { Metadata } from "next";
import { CatalogHome } from "@/components/catalog/catalog-home";

export const metadata: Metadata = { title: "Catalog" };

export default function Page() {
  return <CatalogHome />;
}
