/** # The theme: that of VitePress, without its fonts; the playground comes when it is looked at */
import 'katex/dist/katex.min.css';
import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { defineAsyncComponent } from 'vue';
import FilterRows from './FilterRows.vue';
import './style.css';

const Playground = defineAsyncComponent(() => import('./play/Playground.vue'));

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('FilterRows', FilterRows);
    app.component('PlaygroundForm', Playground);
  },
} satisfies Theme;
