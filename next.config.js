/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks types; a build repeats nothing.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  devIndicators: false,
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@electric-sql/pglite-pgvector",
    "pglite-prisma-adapter",
    "pg",
    "onnxruntime-node",
    "@huggingface/transformers",
    "@node-rs/argon2",
    "undici",
  ],
  async headers() {
    const revalidated = [{ key: "Cache-Control", value: "public, max-age=0, must-revalidate" }];
    return [
      { source: "/models/:path*", headers: revalidated },
      { source: "/workers/:path*", headers: revalidated },
      {
        source: "/ort/:path*",
        headers: [{ key: "Cache-Control", value: "public, max-age=3600, must-revalidate" }],
      },
    ];
  },
};
