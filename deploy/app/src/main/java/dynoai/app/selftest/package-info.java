/** The self-test of an installed copy. Start with {@link dynoai.app.selftest.SelfTestCommand}. */
package dynoai.app.selftest;
