import { configure } from "@testing-library/react";

// What appears is waited for as long as a busy machine may need; what does not appear fails all the same.
configure({ asyncUtilTimeout: 20_000 });
