import { defineConfig } from 'vitest/config';

// Specs in test/vscode/ run in a real VS Code instead: scripts/test-vscode.mjs.
export default defineConfig({
  // A test that is slow because the machine is busy is no failure.
  test: { include: ['test/**/*.test.ts'], setupFiles: ['test/setup.ts'], testTimeout: 60_000 },
});
