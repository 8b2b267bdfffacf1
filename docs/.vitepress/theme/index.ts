import TwoslashFloatingVue from "@shikijs/vitepress-twoslash/client";
import { useRoute } from "vitepress";
import DefaultTheme from "vitepress/theme";
import { onMounted, watch } from "vue";
import { markMain } from "./markMain.js";
import "@shikijs/vitepress-twoslash/style.css";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => app.use(TwoslashFloatingVue),
  setup() {
    const route = useRoute();
    onMounted(() => watch(() => route.path, markMain, { immediate: true, flush: "post" }));
  },
};
