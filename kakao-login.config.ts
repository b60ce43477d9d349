import { defineKakaoLogin } from './lib/service/define';

/**
 * What this service is called and how it looks. An editor explains every option; docs/make-it-yours.md says which one
 * shows where. What is left out stays as it is, and what is wrong is named when the server starts.
 */
export default defineKakaoLogin({
  service: {},
});
