/** Values of options from the environment and a properties file: {@link dynoai.app.setting.Settings}. */
package dynoai.app.setting;
